select plan(10);
select * from apartado.put_items(null, '[
  {"sku": "r1", "title": "Canción del puerto", "artists": ["Björk", "Mr. James Barth & A.D."], "labels": [{"name": "Svek", "catno": "SK 026"}], "styles": ["Deep House"], "genres": ["Electronic"], "year": 1998, "country": "Sweden", "condition": "Very Good Plus (VG+)", "price": 20},
  {"sku": "-KL-1176", "title": "Blue Train", "artists": ["John Coltrane"], "labels": ["Blue Note"], "styles": ["Hard Bop"], "genres": ["Jazz"], "year": 1957, "country": "US", "condition": "VG", "price": 80},
  {"sku": "r3", "title": "Ángel azul", "artists": ["Trío Luz"], "styles": ["Hard Bop", "Bolero"], "genres": ["Jazz", "Latin"], "condition": "VG+"}]');
select results_eq($$ select sku from apartado.find_items(p_artist => 'mr. james barth & a.d.') $$, array['r1'], 'artist');
select results_eq($$ select sku from apartado.find_items(p_label => 'SVEK') $$, array['r1'], 'label');
select results_eq($$ select sku from apartado.find_items(p_style => 'hard bop') $$, array['r3', '-KL-1176'], 'style');
select results_eq($$ select sku from apartado.find_items(p_style => 'hard bop', p_genre => 'latin') $$, array['r3'], 'style and genre');
select results_eq($$ select sku from apartado.find_items(p_country => 'us') $$, array['-KL-1176'], 'country');
select results_eq($$ select sku from apartado.find_items(p_condition => 'vg') $$, array['-KL-1176'], 'VG is not VG+');
select results_eq($$ select sku from apartado.find_items(p_condition => 'very good plus (vg+)') $$, array['r1'], 'condition');
select is_empty($$ select sku from apartado.find_items(p_artist => 'james') $$, 'a part of a name is for p_query');
select is_empty($$ select sku from apartado.find_items(p_artist => 'x\'' | ''=country=us') $$, 'signs in a value are only signs');
select results_eq($$ select sku from apartado.find_items(p_style => ' ') $$, array['r3', 'r1', '-KL-1176'], 'a blank filter is none');
