select plan(5);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('single', p_restock => false), tests.item('stocked');
select tests.held(s, 'ana'), tests.waiting(s, 'ben', 'cai') from unnest('{single,stocked}'::text[]) s;
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'single'));
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'stocked'));
select is(tests.stock('single'), '0 free, 0 held, 1 sold, 0 waiting', 'of a single copy: nobody waits in vain');
select is((select string_agg(concat_ws(' ', status, reason, closed_at = apartado.clock()), ', ') from apartado.queue_entries where status <> 'waiting'), 'closed sold t, closed sold t',
          'and both are told why');
select is(tests.told('single'),
          'stock.changed, reservation.created ana, queue.joined ben, queue.joined cai, reservation.sold ana, purchase.created ana, queue.closed ben, queue.closed cai', 'in order');
select is(tests.line('stocked'), 'ben cai', 'of an item that may come again: they wait on');
select tests.commits();
