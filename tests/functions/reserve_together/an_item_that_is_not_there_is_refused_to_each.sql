select plan(3);
select tests.members('ana', 'ben'), tests.item('disc', 9);
select is(tests.together('disc', 'ana {"item": "0"}', 'ben {"item": "0"}'), '1 RS101, 2 RS101', 'no such item');
select is(tests.together('disc', 'ana {"item": null}', 'ben {"item": null}'), '1 RS205, 2 RS205', 'none was named');
select is(tests.together('disc', 'ana {"location": "moon"}', 'ben {"location": "moon"}'), '1 RS104, 2 RS104', 'no such location');
