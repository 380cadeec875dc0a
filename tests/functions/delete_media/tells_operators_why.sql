select plan(4);
select tests.operator('olga'), tests.item('disc');
create temporary table m as select media_id as id from apartado.put_media('olga', 'dam-1', p_type => 'image');
select from apartado.link_media('olga', (select id from m), 'cover', apartado.item_id('disc'));
select tests.refuses($$select * from apartado.delete_media('olga', (select id from m), p_reason => ' ')$$, 'RS205', 'reason');
select from apartado.delete_media('olga', (select id from m), 'k', 'not ours to show');
select is((select string_agg(concat_ws(' ', kind, details ->> 'reason'), ', ' order by kind) from (select * from apartado.events order by event_id desc limit 2) e),
          'media.deleted not ours to show, media.unlinked not ours to show', 'it is told with the reason, and so is that it hangs nowhere any more');
select tests.refuses($$select * from apartado.delete_media('olga', (select id from m), 'k')$$, 'RS310', 'idempotency_key', 'without the reason it is another request');
update apartado.locations set name = 'Elsewhere' where code = 'main';
select is((select concat_ws(' ', kind, details ->> 'reason') from apartado.events order by event_id desc limit 1), 'location.changed', 'what comes after in the same transaction has not the same reason');
