select plan(7);
select tests.item('disc', 3), tests.item('tape', 3);
create temporary table device as select n, repeat(n::text, 40) as token from generate_series(1, 3) n;
select from device, apartado.add_to_cart(null, apartado.item_id('disc'), p_device => token);
create temporary table signed as select * from apartado.sign_in('ana', p_device => (select token from device where n = 1));
create function tests.carts() returns text language sql as $$
  select string_agg(format('%s %s', coalesce(m.alias, 'device'), l.quantity), ', ' order by c.cart_id)
    from apartado.carts c join apartado.cart_lines l on l.cart_id = c.cart_id left join apartado.members m on m.member_id = c.member_id
   where c.status = 'active'
$$;
select is(tests.carts(), 'device 1, device 1, ana 1', 'what it had is hers');
select from apartado.sign_in('ana', (select recovery_secret from signed), p_device => (select token from device where n = 1));
select is(tests.carts(), 'device 1, device 1, ana 1', 'once');
select tests.acts('ana');
select from apartado.start_pairing('ana') s, device d, apartado.pair(s.code, p_device => d.token) p where d.n = 2;
select is(tests.carts(), 'device 1, ana 2', 'paired, too');
select from apartado.link_identity('ana', 'i', 's');
select from device d, apartado.sign_in_with_identity('i', 's', p_device => d.token) where d.n = 3;
select is(tests.carts(), 'ana 3', 'and with another login');
select is(count(*), 0::bigint, 'no device is stored as it is') from apartado.carts c, device d where c::text ~ d.token;
select tests.refuses($$select * from apartado.sign_in('eva', p_device => 'short')$$, 'RS205', 'device', 'what anybody guesses is no device');
select tests.refuses(format('select * from apartado.sign_in(''ana'', ''guess'', p_device => %L)', (select token from device where n = 1)), 'RS601/secret', 'secret', 'a wrong secret brings nothing');
