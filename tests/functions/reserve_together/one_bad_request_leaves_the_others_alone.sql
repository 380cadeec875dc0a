select plan(3);
select tests.members('ana', 'ben', 'cai', 'dan', 'eva', 'fay'), tests.item('disc', 9);
select tests.requests('disc', 'eva');
update apartado.members set barred_at = apartado.clock() where alias = 'eva';
select is(tests.together('disc', 'ana', 'nobody', 'ben {"quantity": 0}', 'cai {"ttl": "-1 seconds"}', 'dan {"if_unavailable": "perhaps"}', 'eva',
                         'fay {"ttl": "9000 hours"}', 'fay {"quantity": null}', 'fay {"token": null}', 'fay {"if_unavailable": null}', 'dan {"quantity": 4}'),
          '1 reserved, 2 RS601, 3 RS202, 4 RS203, 5 RS205, 6 RS604, 7 RS203, 8 RS202, 9 RS601, 10 RS205, 11 reserved', 'each has its own answer');
select is(tests.stock('disc'), '4 free, 5 held, 0 sold, 0 waiting', 'and nothing else was done');
select tests.commits();
