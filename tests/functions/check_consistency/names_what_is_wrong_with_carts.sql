select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 3);
insert into apartado.locations (code, name) values ('till', 'Till');
select from apartado.set_policy(null, 'default', '{"cart": "hard"}');
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select from apartado.get_cart('ben', p_location => 'till');
select from apartado.get_cart(null, tests.device('phone'));
set constraints all immediate;
set constraints all deferred;
create function pg_temp.breach(p_break text) returns text language plpgsql as $$
declare
  v_found text;
begin
  execute p_break;
  select string_agg(c.rule, ', ') into v_found from apartado.check_consistency() c;
  raise sqlstate 'ZZ000';
exception
  when sqlstate 'ZZ000' then
    return v_found;
end;
$$;
select is(pg_temp.breach('drop index apartado.cart_is_one_per_member_and_location; insert into apartado.carts (member_id, location_id, created_at) select member_id, location_id, created_at from apartado.carts where member_id is not null limit 1'),
          'one active cart per owner and location', 'two active ones');
select is(pg_temp.breach('update apartado.cart_lines set quantity = 2'), 'a line that is set aside is its reservation', 'another quantity');
select is(pg_temp.breach('update apartado.cart_lines set cart_id = (select cart_id from apartado.carts order by cart_id offset 1 limit 1)'),
          'a line that is set aside is its reservation, a line is kept where its cart is', 'somebody else''s, elsewhere');
select is(pg_temp.breach('update apartado.carts c set status = ''merged'', closed_at = created_at, merged_into = (select max(cart_id) from apartado.carts) where cart_id = (select cart_id from apartado.cart_lines)'),
          'a merged cart is empty', 'lines that nobody sees');
select tests.commits();
