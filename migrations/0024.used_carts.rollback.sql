alter table apartado.carts
  drop column if exists used_at;
