select plan(3);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 5), tests.item('tape', 5);
select is(tests.together('disc', 'ben {"sku": "tape"}', 'ana', 'ana {"sku": "tape"}', 'cai {"sku": "tape"}'), '1 reserved, 2 reserved',
          'the second waits for the first, and who came after it for the same waits, too');
select is(tests.holders('disc') || '; ' || tests.holders('tape'), 'ana 1; ben 1', 'those hold');
select tests.commits();
