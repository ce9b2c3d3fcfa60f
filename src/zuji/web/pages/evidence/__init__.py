"""Evidence files, handed out to those who may see them."""
