select plan(14);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.operator('olga'), tests.item('disc', 3);
select tests.advance('1 hour');
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select tests.advance('1 hour');
select from apartado.reserve('ben', apartado.item_id('disc'));
select tests.waiting('disc', 'cai');
select tests.advance('1 hour');
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), 1);
select tests.advance('1 hour');
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'));
create function pg_temp.was(p_at timestamptz) returns text language sql as $$
  select concat_ws(' ', location, total, available, reserved, sold, queue_length, (
           select string_agg(concat_ws(' ', h ->> 'alias', h ->> 'quantity'), ', ' order by n) from jsonb_array_elements(holders) with ordinality x (h, n)))
    from apartado.item_at('olga', apartado.item_id('disc'), p_at) $$;
select is(pg_temp.was('2030-01-01 11:59:59.999999Z'), null, 'before it was there');
select is(pg_temp.was('2030-01-01 12:00Z'), 'main 3 3 0 0 0', 'from the first moment');
select is(pg_temp.was('2030-01-01 12:59:59.999999Z'), 'main 3 3 0 0 0', 'to the last before the next');
select is(pg_temp.was('2030-01-01 13:00Z'), 'main 3 1 2 0 0 ana 2', 'what happens at a moment is in it');
select is(pg_temp.was('2030-01-01 14:30Z'), 'main 3 0 3 0 1 ana 2, ben 1', 'and all that came before');
select is(pg_temp.was('2030-01-01 15:00Z'), 'main 3 0 2 1 1 ana 1, ben 1', 'a part is sold');
select is(pg_temp.was('2030-01-01 16:00Z'), 'main 3 0 2 1 0 ana 1, cai 1', 'and who waited has what came free');
select is((select concat_ws(' ', version, told_at) from apartado.item_at(null, apartado.item_id('disc'), '2030-01-01 16:00Z')), (select concat_ws(' ', version, apartado.clock()) from apartado.stock), 'the version and the time of the last change');
select is((select holders -> 0 ->> 'expires_at' from apartado.item_at(null, apartado.item_id('disc'), '2030-01-01 13:00Z')), '2030-01-08T13:00:00.000000Z', 'until when');
select tests.refuses($$select * from apartado.item_at('ana', apartado.item_id('disc'), apartado.clock())$$, 'RS602', 'actor', 'members may not');
select tests.refuses($$select * from apartado.item_at(null, -1, apartado.clock())$$, 'RS101', 'item', 'unknown');
select tests.refuses($$select * from apartado.item_at(null, apartado.item_id('disc'), apartado.clock() + interval '1 microsecond')$$, 'RS204', 'at', 'what is to come is not known');
select tests.refuses($$select * from apartado.item_at(null, apartado.item_id('disc'), null)$$, 'RS204', 'at', 'no time');
select tests.refuses($$select * from apartado.item_at(null, apartado.item_id('disc'), apartado.clock(), 'nowhere')$$, 'RS104/unknown', 'location', 'no such place');
