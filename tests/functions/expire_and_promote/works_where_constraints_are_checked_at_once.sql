select plan(1);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select tests.held('disc', 'ana', 'cai'), tests.waiting('disc', 'ben');
select tests.advance('168 hours');
set constraints all immediate;
select is((expired, promoted), (2::bigint, 1::bigint), 'two expire and one is promoted') from apartado.expire_and_promote();
