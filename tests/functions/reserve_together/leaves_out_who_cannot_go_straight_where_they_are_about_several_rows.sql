select plan(14);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ben', 'cai', 'dan'), tests.item('disc', 99), tests.item('gone', 1), tests.item('line', 2), tests.item('due', 2), tests.item('shown', 9, p_for_sale => false);
select tests.members('m' || n) from generate_series(1, 12) n;
select tests.held('gone', 'ben'), tests.held('line', 'ben', 'm1'), tests.waiting('line', 'cai');
select from apartado.reserve('ben', apartado.item_id('due'), p_ttl => '60 seconds');
select tests.advance('1 hour');
select is(tests.together('disc', 'm' || f.n, f.request), '1 reserved', f.request)
  from unnest(array['dan {"sku": "gone"}', 'dan {"sku": "line", "if_unavailable": "queue"}', 'dan {"sku": "due"}', 'ben {"sku": "due"}', 'dan {"sku": "shown"}',
                    'dan {"item": "0"}', 'dan {"item": null}', 'dan {"location": "moon"}', 'ben {"sku": "line"}', 'nobody {"sku": "due"}',
                    'dan {"sku": "due", "quantity": null}', 'dan {"sku": "due", "if_unavailable": "perhaps"}']) with ordinality f (request, n);
select is(tests.told('gone') || '; ' || tests.told('line') || '; ' || tests.told('due'),
          'stock.changed, reservation.created ben; stock.changed, reservation.created ben, reservation.created m1, queue.joined cai; stock.changed, reservation.created ben',
          'and nothing was done for them, nor settled');
select tests.commits();
