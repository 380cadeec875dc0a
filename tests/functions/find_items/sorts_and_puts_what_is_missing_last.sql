select plan(8);
select * from apartado.put_items(null, '[
  {"sku": "r1", "title": "Canción del puerto", "artists": ["Björk", "Mr. James Barth & A.D."], "labels": [{"name": "Svek", "catno": "SK 026"}], "styles": ["Deep House"], "genres": ["Electronic"], "year": 1998, "country": "Sweden", "condition": "Very Good Plus (VG+)", "price": 20},
  {"sku": "-KL-1176", "title": "Blue Train", "artists": ["John Coltrane"], "labels": ["Blue Note"], "styles": ["Hard Bop"], "genres": ["Jazz"], "year": 1957, "country": "US", "condition": "VG", "price": 80},
  {"sku": "r3", "title": "Ángel azul", "artists": ["Trío Luz"], "styles": ["Hard Bop", "Bolero"], "genres": ["Jazz", "Latin"], "condition": "VG+"}]');
select results_eq($$ select sku from apartado.find_items() $$, array['r3', 'r1', '-KL-1176'], 'newest');
select results_eq($$ select sku from apartado.find_items(p_sort => 'oldest') $$, array['-KL-1176', 'r1', 'r3'], 'oldest');
select results_eq($$ select sku from apartado.find_items(p_sort => 'title') $$, array['r3', '-KL-1176', 'r1'], 'title: Á stands with A');
select results_eq($$ select sku from apartado.find_items(p_sort => '-title') $$, array['r1', '-KL-1176', 'r3'], 'title, falling');
select results_eq($$ select sku from apartado.find_items(p_sort => 'price') $$, array['r1', '-KL-1176', 'r3'], 'price');
select results_eq($$ select sku from apartado.find_items(p_sort => '-price') $$, array['-KL-1176', 'r1', 'r3'], 'price, falling');
select results_eq($$ select sku from apartado.find_items(p_sort => 'year') $$, array['-KL-1176', 'r1', 'r3'], 'year');
select results_eq($$ select sku from apartado.find_items(p_sort => '-year') $$, array['r1', '-KL-1176', 'r3'], 'year, falling');
