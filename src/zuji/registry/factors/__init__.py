"""The published factor versions, and how they are found."""
