-- New words go into the index at once. Kept aside for later, the default, up to 4 MB of them would be read by each question:
-- 8 ms instead of one.
ALTER INDEX order_search_words SET (fastupdate = off);
