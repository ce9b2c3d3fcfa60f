"""Product models and product rules, as they are offered. They are data of the library; nothing of them is kept in the database yet."""
