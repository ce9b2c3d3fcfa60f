"""An enterprise's own pages: who acts for it, where it produces, what it has entrusted to others, and what was done."""
