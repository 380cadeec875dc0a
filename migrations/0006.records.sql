-- depends: 0005.care
-- What a record is: artists, labels, tracks, videos, images, and how it is found.

create table if not exists apartado.item_artists (
  item_id bigint not null,
  ordinal integer not null,
  name    text not null,
  constraint item_artists_pkey primary key (item_id, ordinal),
  constraint item_artist_is_of_an_item foreign key (item_id) references apartado.items,
  constraint item_artist_ordinal_is_positive check (ordinal > 0),
  constraint item_artist_name_is_not_blank check (btrim(name) <> '' and length(name) <= 500)
);

comment on table apartado.item_artists is 'Who made the record, in the order of its sleeve.';

create table if not exists apartado.item_labels (
  item_id bigint not null,
  ordinal integer not null,
  name    text not null,
  catno   text,
  constraint item_labels_pkey primary key (item_id, ordinal),
  constraint item_label_is_of_an_item foreign key (item_id) references apartado.items,
  constraint item_label_ordinal_is_positive check (ordinal > 0),
  constraint item_label_name_is_not_blank check (btrim(name) <> '' and length(name) <= 500),
  constraint item_label_catno_is_not_blank check (btrim(catno) <> '' and length(catno) <= 200)
);

comment on table apartado.item_labels is 'Who published the record. One label may stand here with several catalogue numbers.';
comment on column apartado.item_labels.catno is 'The label''s catalogue number; null: the record bears none.';

create table if not exists apartado.item_tracks (
  item_id  bigint not null,
  ordinal  integer not null,
  position text,
  title    text,
  duration text,
  constraint item_tracks_pkey primary key (item_id, ordinal),
  constraint item_track_is_of_an_item foreign key (item_id) references apartado.items,
  constraint item_track_ordinal_is_positive check (ordinal > 0),
  constraint item_track_title_is_not_blank check (btrim(title) <> '' and length(title) <= 1000),
  constraint item_track_position_is_short check (length(position) <= 50),
  constraint item_track_duration_is_short check (length(duration) <= 50)
);

comment on table apartado.item_tracks is 'The tracklist.';
comment on column apartado.item_tracks.position is 'As printed: A1, B, 2-07; null: a heading, or not known.';
comment on column apartado.item_tracks.title is 'Null: printed without one.';
comment on column apartado.item_tracks.duration is 'As printed: 4:45.';

create table if not exists apartado.item_videos (
  item_id bigint not null,
  ordinal integer not null,
  url     text not null,
  title   text,
  constraint item_videos_pkey primary key (item_id, ordinal),
  constraint item_video_is_of_an_item foreign key (item_id) references apartado.items,
  constraint item_video_ordinal_is_positive check (ordinal > 0),
  constraint item_video_url_is_of_the_web check (url ~ '^https?://[^[:space:]]+$' and length(url) <= 2000),
  constraint item_video_title_is_short check (length(title) <= 1000)
);

comment on table apartado.item_videos is 'Where the record can be heard.';
comment on column apartado.item_videos.url is 'http or https and nothing else: a client may put it into a link as it is.';

create table if not exists apartado.item_images (
  item_id bigint not null,
  ordinal integer not null,
  url     text not null,
  role    text,
  constraint item_images_pkey primary key (item_id, ordinal),
  constraint item_image_is_of_an_item foreign key (item_id) references apartado.items,
  constraint item_image_ordinal_is_positive check (ordinal > 0),
  constraint item_image_url_is_of_the_web check (url ~ '^https?://[^[:space:]]+$' and length(url) <= 2000),
  constraint item_image_role_is_short check (length(role) <= 50)
);

comment on table apartado.item_images is 'Where pictures of the record are. Only references are kept.';
comment on column apartado.item_images.role is 'What it shows: primary, secondary, back …';

alter table apartado.items add column if not exists search tsvector not null default '';

comment on column apartado.items.search is 'What find_items looks into: the words of sku, title, artists, labels, catalogue numbers and styles, and the values one can filter by, as =artist=…, =label=…, =style=…, =genre=…, =country=…, =condition=…. Kept by triggers.';

-- Every text filter is one look into this index, whatever their number. Written at once (no pending
-- list): a search must not pay for somebody else's import.
-- rare values must look rare to the planner
alter table apartado.items alter column search set statistics 1000;

create index if not exists items_by_words on apartado.items using gin (search) with (fastupdate = off);

-- One index for each order of find_items, with the item's number as the last word, so that a page
-- goes on exactly where the one before it ended. What has no price or year comes last both ways.
create index if not exists items_by_title on apartado.items ((left(lower(normalize(title, NFKD)), 200) collate "C"), item_id);
create index if not exists items_by_price on apartado.items ((coalesce(price, 'Infinity')), item_id);
create index if not exists items_by_falling_price on apartado.items ((coalesce(price, -1)), item_id);
create index if not exists items_by_year on apartado.items ((coalesce(year, 10000)), item_id);
create index if not exists items_by_falling_year on apartado.items ((coalesce(year, 0)), item_id);

-- Hidden items are few, and only operators ask for them.
create index if not exists items_hidden on apartado.items (item_id) where not visible;

alter table apartado.item_artists enable row level security;
alter table apartado.item_labels enable row level security;
alter table apartado.item_tracks enable row level security;
alter table apartado.item_videos enable row level security;
alter table apartado.item_images enable row level security;
