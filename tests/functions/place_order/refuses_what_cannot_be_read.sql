select plan(12);
select tests.members('ana'), tests.item('disc');
insert into apartado.locations (code, name) values ('till', 'Till');
select tests.refuses($$select * from apartado.place_order('ana')$$, 'RS105', 'location');
select from apartado.get_cart('ana');
select tests.refuses($$select * from apartado.place_order('ana')$$, 'RS105', 'location', 'an empty cart');
select tests.refuses($$select * from apartado.place_order('ana', 'moon')$$, 'RS104/unknown', 'location');
select tests.refuses($$select * from apartado.place_order(null)$$, 'RS601', 'member');
select tests.refuses(format($$select * from apartado.place_order('ana', p_lines => %L)$$, l), c, 'lines', l)
  from (values ('[]', 'RS205'), ('{}', 'RS205'), ('[7]', 'RS205'), ('[{"item": 1, "quantity": 0}]', 'RS202'), ('[{"item": 1, "ttl": 9}]', 'RS205/unknown'), ('[{"item": 1, "location": "till"}]', 'RS205')) x (l, c);
select tests.refuses(format($$select * from apartado.place_order('ana', p_lines => '[{"item": 1}]', p_reference => %L)$$, repeat('x', 501)), 'RS205', 'reference');
select tests.refuses($$select * from apartado.place_order('ana', 'till', '[{"item": 1, "location": "main"}]')$$, 'RS205', 'lines', 'at the till nothing is sold from main');
