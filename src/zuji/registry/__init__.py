"""What is kept and what may be done with it: the only place that knows the database. One slice a folder."""
