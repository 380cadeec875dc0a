-- depends: 0023.webhooks
-- When a cart was last used: a purge of those that nobody came back to knew only when lines were put in, and emptied carts in
-- which something was changed or taken out since.

alter table apartado.carts
  add column if not exists used_at timestamptz;

comment on column apartado.carts.used_at is 'When the last command took the row''s lock; null: none since it was made, or since before this was kept.';
