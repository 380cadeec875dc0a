-- depends: 0012.expiring
-- Sales by time, for the figures of a day.

create index if not exists purchases_by_time on apartado.purchases (purchased_at);
