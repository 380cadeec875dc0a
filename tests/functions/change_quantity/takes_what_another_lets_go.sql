select plan(3);
select tests.members('ana', 'ben'), tests.item('disc', 2);
select tests.held('disc', 'ana', 'ben');
select from apartado.release_if_wanted('ben', tests.reservation('ben', 'disc'));
select is((select quantity from apartado.change_quantity('ana', tests.reservation('ana', 'disc'), 2)), 2, 'who wants more wants it');
select is(tests.stock('disc'), '0 free, 2 held, 0 sold, 0 waiting', 'both are theirs');
select tests.commits();
