-- depends: 0026.restock_and_families
-- References to what is kept elsewhere: media of items, members, locations and pages, in a DAM or anywhere on the web; pages and
-- their sections, whose words are in a CMS; and what a CMS calls an item.

create table if not exists apartado.pages (
  page_id         bigint generated always as identity,
  slug            text not null,
  type            text not null,
  seo_title       text,
  seo_description text,
  cms_id          text,
  visible         boolean not null default true,
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  constraint pages_pkey primary key (page_id),
  constraint page_slug_is_unique unique (slug),
  constraint page_slug_is_short check (slug ~ '^[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*$' and length(slug) <= 200),
  constraint page_type_is_short check (type ~ '^[a-z0-9][a-z0-9_-]{0,49}$'),
  constraint page_seo_title_is_not_blank check (btrim(seo_title) <> '' and length(seo_title) <= 200),
  constraint page_seo_description_is_not_blank check (btrim(seo_description) <> '' and length(seo_description) <= 1000),
  constraint page_cms_id_is_not_blank check (btrim(cms_id) <> '' and length(cms_id) <= 200)
);

comment on table apartado.pages is 'Pages of the shop: what they are called, are for search engines, and where their words are. The words themselves are in the CMS.';
comment on column apartado.pages.slug is 'What a page is known by, and its place in an address: about, stories/blue-note.';
comment on column apartado.pages.type is 'What kind of page it is: home, story, legal …';
comment on column apartado.pages.cms_id is 'What the CMS calls its content; null: it has none.';
comment on column apartado.pages.visible is 'Whether others than operators may see it.';

create table if not exists apartado.page_sections (
  page_id         bigint not null,
  ordinal         integer not null,
  slug            text not null,
  type            text not null,
  seo_title       text,
  seo_description text,
  cms_id          text,
  constraint page_sections_pkey primary key (page_id, ordinal),
  constraint page_section_is_of_a_page foreign key (page_id) references apartado.pages on delete cascade,
  constraint page_section_slug_is_unique_in_its_page unique (page_id, slug),
  constraint page_section_ordinal_is_possible check (ordinal between 1 and 100),
  constraint page_section_slug_is_short check (slug ~ '^[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*$' and length(slug) <= 200),
  constraint page_section_type_is_short check (type ~ '^[a-z0-9][a-z0-9_-]{0,49}$'),
  constraint page_section_seo_title_is_not_blank check (btrim(seo_title) <> '' and length(seo_title) <= 200),
  constraint page_section_seo_description_is_not_blank check (btrim(seo_description) <> '' and length(seo_description) <= 1000),
  constraint page_section_cms_id_is_not_blank check (btrim(cms_id) <> '' and length(cms_id) <= 200)
);

comment on table apartado.page_sections is 'What a page is made of, in order. Written by put_page only, which changes the page with them.';

create table if not exists apartado.media (
  media_id    bigint generated always as identity,
  asset_id    text,
  url         text,
  type        text not null,
  description text,
  uploaded_by bigint,
  created_at  timestamptz not null,
  changed_at  timestamptz not null,
  constraint media_pkey primary key (media_id),
  constraint media_asset_id_is_unique unique (asset_id),
  constraint media_uploader_is_a_member foreign key (uploaded_by) references apartado.members,
  constraint media_are_somewhere check (num_nonnulls(asset_id, url) > 0),
  constraint media_asset_id_is_not_blank check (btrim(asset_id) <> '' and length(asset_id) <= 200),
  constraint media_url_is_of_the_web check (url ~ '^https?://[^/?#[:space:]"<>\\@]+([/?#][^[:space:]"<>\\]*)?$' and length(url) <= 2000),
  constraint media_type_is_short check (type ~ '^[a-z]+(/[a-z0-9][a-z0-9.+-]*)?$' and length(type) <= 100),
  constraint media_description_is_not_blank check (btrim(description) <> '' and length(description) <= 2000)
);

comment on table apartado.media is 'Pictures, videos, sounds, documents: where each is. Only references are kept.';
comment on column apartado.media.asset_id is 'What a DAM calls it; null: it is in none.';
comment on column apartado.media.url is 'http or https, without a name and password; null: whoever asks the DAM is told.';
comment on column apartado.media.type is 'image, video …, or a media type: image/jpeg.';
comment on column apartado.media.description is 'What one sees or hears, for who cannot.';
comment on column apartado.media.uploaded_by is 'Null: nobody here.';

create table if not exists apartado.media_links (
  media_link_id bigint generated always as identity,
  media_id      bigint not null,
  role          text not null,
  place         integer not null,
  item_id       bigint,
  member_id     bigint,
  location_id   bigint,
  page_id       bigint,
  constraint media_links_pkey primary key (media_link_id),
  constraint media_link_is_of_media foreign key (media_id) references apartado.media on delete cascade,
  constraint media_link_is_at_an_item foreign key (item_id) references apartado.items,
  constraint media_link_is_at_a_member foreign key (member_id) references apartado.members,
  constraint media_link_is_at_a_location foreign key (location_id) references apartado.locations,
  constraint media_link_is_at_a_page foreign key (page_id) references apartado.pages on delete cascade,
  constraint media_link_is_at_one_thing check (num_nonnulls(item_id, member_id, location_id, page_id) = 1),
  constraint media_link_is_made_once unique nulls not distinct (media_id, role, item_id, member_id, location_id, page_id),
  constraint media_link_role_is_short check (role ~ '^[a-z0-9][a-z0-9_-]{0,49}$'),
  constraint media_link_place_is_possible check (place between 1 and 1000)
);

comment on table apartado.media_links is 'What hangs where: media at exactly one item, member, location or page, in a role. A medium may hang at many, and in several roles at one.';
comment on column apartado.media_links.role is 'What it is for: cover, gallery, portrait …';
comment on column apartado.media_links.place is 'The order at one thing, the lowest first; of the same, the one that was linked first.';

create index if not exists media_links_of_items on apartado.media_links (item_id) where item_id is not null;
create index if not exists media_links_of_members on apartado.media_links (member_id) where member_id is not null;
create index if not exists media_links_of_locations on apartado.media_links (location_id) where location_id is not null;
create index if not exists media_links_of_pages on apartado.media_links (page_id) where page_id is not null;

alter table apartado.items
  add column if not exists cms_id text,
  drop constraint if exists item_cms_id_is_not_blank,
  add constraint item_cms_id_is_not_blank check (btrim(cms_id) <> '' and length(cms_id) <= 200);

comment on column apartado.items.cms_id is 'What the CMS calls its content about the item; null: it has none.';

-- give more now, and are made anew with everything else
drop function if exists apartado._item_records(bigint[]);
drop function if exists apartado.get_item(text, bigint);
drop function if exists apartado.find_items(text, text, text, text, text, text, integer, integer, text, text, numeric, numeric, text, text, text, text, integer, text);

alter table apartado.pages enable row level security;
alter table apartado.page_sections enable row level security;
alter table apartado.media enable row level security;
alter table apartado.media_links enable row level security;
