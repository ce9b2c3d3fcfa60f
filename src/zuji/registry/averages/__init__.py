"""Confidential contributions of enterprises, and the averages that may be published of them."""
