select plan(6);
select tests.freeze('2030-01-01 12:00Z');

select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select from apartado.reserve('ana', apartado.item_id('disc'), 2);
select tests.waiting('disc', 'ben', 'cai');
create temporary table answer as select * from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'));
select is((status, reason, yields), ('cancelled'::text, 'yielded'::text, true), 'it is gone') from answer;
select is(extensions_left, 0, 'and cannot be extended') from answer;
select is(tests.holders('disc') || ' / ' || tests.line('disc'), 'ben 1, cai 1 / nobody', 'to both');
select is(tests.stock('disc'), '0 free, 2 held, 0 sold, 0 waiting', 'counted');
select tests.refuses($$select * from apartado.release_if_wanted('ana', tests.reservation('ana', 'disc'), false)$$, 'RS402', 'reservation', 'too late');
select tests.commits();
