drop function if exists apartado.list_purchases(text);

alter table apartado.policies
  drop constraint if exists policy_default_says_what_is_hidden,
  drop column if exists hide_sold;

comment on table apartado.purchases is 'A sale, recorded once. Never changed, never deleted.';

alter table apartado.purchases
  drop constraint if exists purchase_is_undone_once,
  drop column if exists undone,
  drop column if exists undone_at,
  drop column if exists undo_reason;
