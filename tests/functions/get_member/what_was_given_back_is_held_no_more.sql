select plan(1);
select tests.members('ana'), tests.operator('olga'), tests.item('disc'), tests.item('lp');
select tests.held('disc', 'ana'), tests.held('lp', 'ana');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select results_eq($$select (r.value ->> 'item_id')::bigint from apartado.get_member('olga', 'ana') m, jsonb_array_elements(m.reservations) r$$,
                  $$select apartado.item_id('lp')$$, 'though its deadline is to come');
