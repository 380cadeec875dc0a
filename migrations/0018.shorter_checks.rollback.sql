alter table apartado.reservations
  drop constraint if exists reservation_status_is_known,
  drop constraint if exists reservation_figures_are_possible,
  add constraint reservation_status_is_known check (
    case when status = 'active' then closed_at is null
         else closed_at is not null and closed_at >= reserved_at and status in ('sold', 'expired', 'cancelled', 'revoked') end),
  add constraint reservation_figures_are_possible check (
    quantity > 0 and coalesce(price, 0) >= 0 and expires_at > reserved_at and expires_at - reserved_at <= interval '366 days');
