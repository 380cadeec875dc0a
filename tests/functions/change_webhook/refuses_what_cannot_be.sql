select plan(6);
select tests.members('ana');
create temporary table w as select * from apartado.create_webhook(null, 'https://shop.example');
select tests.refuses('select * from apartado.change_webhook(null, -1)', 'RS312/missing', 'webhook', 'there is none');
select tests.refuses('select * from apartado.change_webhook(null, null)', 'RS312/missing', 'webhook', 'null');
select tests.refuses(format('select * from apartado.change_webhook(null, %s, %L)', webhook_id, 'shop.example'), 'RS205', 'url', 'no url') from w;
select tests.refuses(format('select * from apartado.change_webhook(null, %s, p_kinds => %L)', webhook_id, '{all}'), 'RS205', 'kinds', 'no kind') from w;
select tests.refuses(format('select * from apartado.change_webhook(%L, %s)', 'ana', webhook_id), 'RS602', 'actor', 'a member may not') from w;
select tests.commits();
