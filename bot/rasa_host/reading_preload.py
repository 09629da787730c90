"""Imported once by the process that reading workers are forked from: the reader is loaded there, before any text is read.

The one module that does something when it is imported: multiprocessing's fork server can be told modules to import and
nothing else. Nothing imports it by name.
"""

from bot.language.assembly import shared_reader

shared_reader()
