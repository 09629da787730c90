"""The walking diary as such: its entries, and its files. Knows no words of people, no SQL and no clock."""
