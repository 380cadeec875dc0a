select plan(3);
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 2);
select from apartado.add_to_cart('ana', apartado.item_id('disc'));
select from apartado.bar_member('olga', 'ana', 'stole one');
create function pg_temp.sell(p_who text) returns text language sql as
$$ select format('select * from apartado.place_order(%L, p_cart => %s)', p_who, cart_id) from apartado.carts $$;
select tests.refuses(pg_temp.sell('olga'), 'RS604/buyer', 'cart', 'and not that the operator is');
select tests.refuses(pg_temp.sell('ben'), 'RS105', 'cart', 'others are not told whose it is');
select from apartado.unbar_member('olga', 'ana', 'came back with it');
select lives_ok(pg_temp.sell('olga'), 'and can sell it once they are not');
