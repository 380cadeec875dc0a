drop function if exists apartado.create_webhook(text, text, text[], text);
drop function if exists apartado.change_webhook(text, bigint, text, text[], boolean, text);
drop function if exists apartado.delete_webhook(text, bigint, text);
drop function if exists apartado.list_webhooks(text);
drop function if exists apartado.claim_webhooks();
drop function if exists apartado.note_webhook(bigint, bigint, integer, text);
drop function if exists apartado._lock_webhook(bigint);
drop function if exists apartado._told(bigint, integer, bigint, boolean, bigint[], text, bigint, text[], bigint);
drop table if exists apartado.webhooks;
