select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.acts('olga');
select is((paused_at, pause_reason), (null::timestamptz, null::text), 'it moves') from apartado.get_queue_position('ben', apartado.item_id('disc'));
select from apartado.pause_queue('olga', apartado.item_id('disc'), true, 'we count the boxes');
select is((paused_at, pause_reason), ('2030-01-01 12:00Z'::timestamptz, 'we count the boxes'::text), 'since when it does not, and why') from apartado.get_queue_position('ben', apartado.item_id('disc'));
select is((select pause_reason from apartado.get_queue_position('olga', apartado.item_id('disc'))), 'we count the boxes', 'also to who does not wait');
