-- depends: 0014.carts
-- A sale may be undone, whole or in part; a policy may have items hidden when they are sold out.

alter table apartado.purchases
  add column if not exists undone integer not null default 0,
  add column if not exists undone_at timestamptz,
  add column if not exists undo_reason text;

alter table apartado.purchases
  drop constraint if exists purchase_is_undone_once,
  add constraint purchase_is_undone_once check (
    undone between 0 and quantity and (undone > 0) = (undone_at is not null) and (undone > 0) = (undo_reason is not null));

comment on table apartado.purchases is 'A sale, recorded once. Never deleted, and never changed but for what of it was undone.';
comment on column apartado.purchases.undone is 'Units of it that came back: an operator undid the sale, or a part of it.';
comment on column apartado.purchases.undone_at is 'When units of it came back last; null: none did.';
comment on column apartado.purchases.undo_reason is 'Why they came back last, for the buyer to read.';

alter table apartado.policies
  add column if not exists hide_sold boolean;

-- the code that carries it to the stock rows is not that of these tables yet
alter table apartado.policies disable trigger user;
update apartado.policies
   set hide_sold = false
 where name = 'default' and hide_sold is null;
alter table apartado.policies enable trigger user;

alter table apartado.policies
  drop constraint if exists policy_default_says_what_is_hidden,
  add constraint policy_default_says_what_is_hidden check (name <> 'default' or hide_sold is not null);

comment on column apartado.policies.hide_sold is 'Whether an item is hidden with the sale of its last unit, where nobody waits for more.';

-- it gives more columns, and is made anew with everything else
drop function if exists apartado.list_purchases(text);
