select plan(4);
select tests.members('ana', 'ben', 'cai', 'dan', 'eva'), tests.item('disc', 3), tests.item('tape', 9);
select is(tests.together('disc', 'ana {"quantity": 2}', 'ben {"quantity": 2}', 'cai', 'dan {"sku": "tape"}', 'eva {"sku": "tape"}'),
          '1 reserved, 4 reserved, 5 reserved', 'one unit is left, and whoever asks for two came first');
select is(tests.holders('disc') || '; ' || tests.holders('tape'), 'ana 2; dan 1, eva 1', 'the other row has nothing to do with it');
select is(tests.together('disc', 'cai', 'dan {"sku": "tape"}', 'ben {"sku": "tape"}'), '1 reserved, 3 reserved', 'who is refused anyway is overtaken by nobody');
select tests.commits();
