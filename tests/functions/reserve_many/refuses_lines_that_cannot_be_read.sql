select plan(36);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc');
select tests.refuses(format($$select * from apartado.reserve_many('ana', %L, %L)$$, replace(lines, 'ID', apartado.item_id('disc')::text), mode), code, 'lines', format('%s %s', mode, name))
  from (values (null, 'RS205', 'nothing'),
               ('null', 'RS205', 'null'),
               ('{"item": ID}', 'RS205', 'no list'),
               ('"x"', 'RS205', 'a text'),
               ('[]', 'RS205', 'an empty list'),
               ('[{"item": ID}, 7]', 'RS205', 'a number in it'),
               ('[null]', 'RS205', 'a null in it'),
               ('[[]]', 'RS205', 'a list in it'),
               ('[{}]', 'RS205', 'no item'),
               ('[{"item": null}]', 'RS205', 'a null item'),
               ('[{"item": "ID"}]', 'RS205', 'a text for an item'),
               ('[{"item": ID.5}]', 'RS205', 'half an item'),
               ('[{"item": 1e400}]', 'RS204', 'an endless item'),
               ('[{"item": ID, "price": 0}]', 'RS205/unknown', 'no such field'),
               ('[{"item": ID, "quantity": 0}]', 'RS202', 'none'),
               ('[{"item": ID, "quantity": -1}]', 'RS202', 'less than none'),
               ('[{"item": ID, "quantity": null}]', 'RS202', 'a null quantity'),
               ('[{"item": ID, "quantity": 1.5}]', 'RS202', 'half of one'),
               ('[{"item": ID, "quantity": "1"}]', 'RS202', 'a text for a quantity'),
               ('[{"item": ID, "quantity": 1e300}]', 'RS202', 'an endless quantity'),
               ('[{"item": ID, "location": 7}]', 'RS205', 'a number for a location'),
               ('[{"item": ID, "ttl": -1}]', 'RS203', 'born dead'),
               ('[{"item": ID, "ttl": 1e300}]', 'RS203', 'for ever'),
               ('[{"item": ID, "ttl": "P99999999999999W"}]', 'RS205', 'longer than an interval'),
               ('[{"item": ID, "ttl": "2099-01-01"}]', 'RS205', 'a deadline'),
               ('[{"item": ID, "ttl": "P1Y"}]', 'RS205', 'a year'),
               ('[{"item": ID, "ttl": "PT"}]', 'RS205', 'no time'),
               ('[{"item": ID, "ttl": true}]', 'RS205', 'true'),
               ('[{"item": ID, "ttl": {}}]', 'RS205', 'an object')) c (lines, code, name),
       unnest(array['best_effort']) m (mode);
select tests.refuses(format($$select * from apartado.reserve_many('ana', (select jsonb_agg(jsonb_build_object('item', n)) from generate_series(1, 101) n), %L)$$, mode), 'RS204', 'lines', 'a hundred and one') from unnest(array['best_effort', 'all_or_nothing']) m (mode);
select tests.refuses(format($$select * from apartado.reserve_many('ana', '[{"item": 1}]', %L)$$, mode), 'RS205', 'mode') from unnest(array[null, '', 'fail', 'Best_effort']) m (mode);
select is((select string_agg(extract(epoch from expires_at - server_time)::text, ' ' order by line) from apartado.reserve_many('ana', jsonb_build_array(jsonb_build_object('item', apartado.item_id('disc'), 'ttl', 'P1DT2H3M4.5S')))), '93784.500000', 'a time as ISO 8601');
