select plan(6);
select tests.members('ana', 'ben', 'cai'), tests.item('disc'), tests.item('tape'), tests.item('book', 3);
select tests.held('disc', 'ana'), tests.held('tape', 'ana'), tests.waiting('tape', 'cai');
select from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'), true);
update apartado.policies set promotion = 'offer';
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'tape'));
select from apartado.reserve('cai', apartado.item_id('book'));
select is((select string_agg(l ->> 'quantity', ' ') from apartado.place_order('cai', p_lines => jsonb_build_array(
            jsonb_build_object('item', apartado.item_id('disc')), jsonb_build_object('item', apartado.item_id('tape')), jsonb_build_object('item', apartado.item_id('book'), 'quantity', 3))) o, jsonb_array_elements(o.lines) l), '1 1 3', 'all are sold');
select is(tests.stock('disc') || ' / ' || tests.stock('tape') || ' / ' || tests.stock('book'), '0 free, 0 held, 1 sold, 0 waiting / 0 free, 0 held, 1 sold, 0 waiting / 0 free, 0 held, 3 sold, 0 waiting');
select is((select string_agg(status, ' ' order by reservation_id) from apartado.reservations where member_id = apartado._member_id('cai')), 'sold sold sold', 'each was reserved first');
select tests.item('few', 3);
select tests.held('few', 'ana', 'ben');
select tests.refuses($$select * from apartado.place_order('ana', p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('few'), 'quantity', 3)))$$, 'RS301/held', 'lines', 'no more than there is');
set constraints all immediate;
select lives_ok($$select * from apartado.place_order('ana', p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('few'), 'quantity', 2)))$$, 'where constraints are checked at once, too');
set constraints all deferred;
select tests.commits();
