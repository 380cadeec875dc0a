select plan(9);
select * from apartado.put_items(null, '[
  {"sku": "r1", "title": "Canción del puerto", "artists": ["Björk", "Mr. James Barth & A.D."], "labels": [{"name": "Svek", "catno": "SK 026"}], "styles": ["Deep House"], "genres": ["Electronic"], "year": 1998, "country": "Sweden", "condition": "Very Good Plus (VG+)", "price": 20},
  {"sku": "-KL-1176", "title": "Blue Train", "artists": ["John Coltrane"], "labels": ["Blue Note"], "styles": ["Hard Bop"], "genres": ["Jazz"], "year": 1957, "country": "US", "condition": "VG", "price": 80},
  {"sku": "r3", "title": "Ángel azul", "artists": ["Trío Luz"], "styles": ["Hard Bop", "Bolero"], "genres": ["Jazz", "Latin"], "condition": "VG+"}]');
select results_eq($$ select sku from apartado.find_items(p_query => 'CANCION') $$, array['r1'], 'without its accent');
select results_eq($$ select sku from apartado.find_items(p_query => 'bjork puer') $$, array['r1'], 'artist and title, the last word unfinished');
select results_eq($$ select sku from apartado.find_items(p_query => 'sk026') $$, array['r1'], 'a catalogue number without its blank');
select results_eq($$ select sku from apartado.find_items(p_query => '-KL-1176') $$, array['-KL-1176'], 'a sku that begins with a dash');
select results_eq($$ select sku from apartado.find_items(p_query => 'blue or azul') $$, array['r3', '-KL-1176'], 'or');
select results_eq($$ select sku from apartado.find_items(p_query => '"hard bop" -bolero') $$, array['-KL-1176'], 'a phrase, and a word that must not be there');
select is_empty($$ select sku from apartado.find_items(p_query => 'artist') $$, 'no word meets a filter value');
select results_eq($$ select sku from apartado.find_items(p_query => ' !? ') $$, array['r3', 'r1', '-KL-1176'], 'no word is no filter');
select is_empty($$ select sku from apartado.find_items(p_query => 'it''s \ & | :* " <-> ( nothing') $$, 'operators of the text search are only signs');
