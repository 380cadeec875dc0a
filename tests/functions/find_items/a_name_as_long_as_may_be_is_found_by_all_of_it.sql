select plan(1);
select from apartado.put_items(null, jsonb_build_array(jsonb_build_object('sku', 'long', 'title', 'T', 'labels', jsonb_build_array(repeat('x', 500)))));
select results_eq($$select sku from apartado.find_items(p_label => repeat('x', 500))$$, array['long'], 'of 500 letters');
