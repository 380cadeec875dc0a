select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc'), tests.item('tape');
select from apartado.set_policy(null, 'default', '{"cart": "hard"}');
select apartado.add_to_cart('ana', apartado.item_id(s)) from unnest('{disc,tape}'::text[]) s;
select from apartado.revoke_reservation(null, tests.reservation('ana', 'disc'), 'why');
create temporary table answer as select c, apartado._cart_answer(c, apartado.clock()) as said from apartado.carts c;
-- committed by somebody else between the answer and the note
select from apartado.revoke_reservation(null, tests.reservation('ana', 'tape'), 'why');
select from answer a, apartado._take_note(a.c, a.said);
select is(tests.cart('ana'), '1 tape revoked', 'what was not in the answer is told next time');
select is((select n ->> 'reason' from apartado.validate_cart('ana') c, jsonb_array_elements(c.notices) n), 'revoked', 'as it is');
select is(tests.cart('ana'), 'nothing', 'and then no more');
select tests.commits();
