select plan(3);
select tests.members('ana', 'ben', 'cai', 'dan', 'eva', 'fay'), tests.item('disc', 1, p_restock => false), tests.held('disc', 'fay');
select tests.requests('disc', 'eva');
update apartado.members set barred_at = apartado.clock() where alias = 'eva';
select is(tests.joined_together('disc', 'ana', 'nobody', 'ben {"quantity": 0}', 'cai {"max_position": 0}', 'dan {"needed_until": "2000-01-01"}', 'eva', 'fay',
                                'ben {"quantity": null}', 'cai {"token": null}', 'ben {"quantity": 2}', 'dan'),
          '1 1, 2 RS601, 3 RS202, 4 RS204, 5 RS203, 6 RS604, 7 RS302, 8 RS202, 9 RS601, 10 RS202, 11 2', 'each has its own answer');
select is(tests.line('disc'), 'ana dan', 'and nothing else was done');
select tests.commits();
