select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2);
update apartado.policies set fit = 'partial', promotion = 'offer';

select is(concat_ws(' ', outcome, quantity, position, available, queue_length), 'reserved 2 0 0', 'partial: what is free, less than she wants')
  from apartado.reserve('ana', apartado.item_id('disc'), 3, p_if_unavailable => 'queue');
select is(concat_ws(' ', outcome, quantity, position), 'queued 1 1', 'the next one waits')
  from apartado.reserve('ben', apartado.item_id('disc'), p_if_unavailable => 'queue');
select is(tests.holders('disc'), 'ana 2', 'her wish is not asked again: she wants it now');
select tests.commits();
