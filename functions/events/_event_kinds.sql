-- _event_kinds: what can happen: every kind of event that the ledger knows.
--
-- Gives   thing.what, in order
-- Notes   the one list of them: tests hold the triggers, the README and the board against it
create or replace function apartado._event_kinds()
  returns text[]
  language sql
  immutable
  return '{alert.cleared,alert.raised,cart.changed,drop.changed,drop.closed,drop.drawn,drop.opened,drop.wave,item.changed,item.hidden,
location.changed,media.changed,media.created,media.deleted,media.linked,media.unlinked,member.changed,member.invited,member.joined,
member.linked,member.signed_in,member.signed_out,member.token_rotated,member.unlinked,order.placed,page.changed,page.created,page.deleted,
policy.changed,purchase.created,purchase.undone,queue.closed,queue.continued,queue.joined,queue.left,queue.missed,queue.moved,
queue.offered,queue.ordered,queue.paused,queue.promoted,queue.removed,queue.resumed,queue.suspended,reservation.cancelled,
reservation.changed,reservation.created,reservation.expired,reservation.expiring,reservation.extended,reservation.revoked,
reservation.sold,settings.changed,stock.changed,stock.low,stock.recovered,walk_in.joined,walk_in.left,walk_in.served,
webhook.changed,webhook.created,webhook.deleted}'::pg_catalog.text[];

comment on function apartado._event_kinds() is 'What can happen: every kind of event that the ledger knows.';
