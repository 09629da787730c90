"""Everything that touches Rasa's insides. Each file says what upstream does or lacks; a test beside it fails when that ends."""
