select plan(5);
select tests.operator('olga'), tests.item('disc', 4);
create function tests.broken() returns void language sql as $$
  set local session_replication_role = replica;
  update apartado.stock set queue_length = 7;
  set local session_replication_role = origin;
$$;
select tests.refuses($$select * from apartado.repair('olga', p_reason => ' ')$$, 'RS205', 'reason', 'also in a dry run');
select tests.broken();
select from apartado.repair('olga', false, 'after the crash');
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'item.changed after the crash', 'what was counted anew is told with the reason');
select tests.broken();
select from apartado.repair('olga', false);
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'item.changed repair', 'or as a repair');
update apartado.items set title = 'Disc 2';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'item.changed', 'and what comes after it is not');
select tests.commits();
