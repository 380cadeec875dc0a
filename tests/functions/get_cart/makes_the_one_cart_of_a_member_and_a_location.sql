select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben');
insert into apartado.locations (code, name) values ('till', 'Till');
create temporary table first as select * from apartado.get_cart('ana');
select is((select (f.location, f.lines, f.totals, f.notices, f.created_at, f.last_validated_at, f.server_time)::text from first f),
          '(main,[],[],[],"2030-01-01 12:00:00+00",,"2030-01-01 12:00:00+00")', 'an empty one at the main location');
select is((select cart_id from apartado.get_cart('ANA ')), (select cart_id from first), 'the same one again');
select isnt((select cart_id from apartado.get_cart('ana', p_location => 'till')), (select cart_id from first), 'another one at another location');
select isnt((select cart_id from apartado.get_cart('ben')), (select cart_id from first), 'another one for somebody else');
select is((select count(*) from apartado.carts), 3::bigint, 'and no more');
select tests.refuses($$select * from apartado.get_cart('ana', p_location => 'moon')$$, 'RS104/unknown', 'location');
select tests.commits();
