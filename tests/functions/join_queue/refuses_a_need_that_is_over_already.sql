select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.refuses(format('select * from apartado.join_queue(''ben'', apartado.item_id(''disc''), p_needed_until => %L)', t), 'RS203/past', 'needed_until')
  from unnest('{2030-01-01 12:00Z,2029-12-31 12:00Z,-infinity}'::timestamptz[]) t;
select lives_ok($$select * from apartado.join_queue('ben', apartado.item_id('disc'), p_needed_until => '2030-01-01 12:00:00.000001Z')$$, 'a microsecond is a need');
select is((select needed_until from apartado.queue_entries), '2030-01-01 12:00:00.000001Z', 'and is kept');
select tests.commits();
