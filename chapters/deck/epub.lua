-- From the woven pages to an EPUB: headings come out of their sections, so that
-- each column is a file of its own; links between the pages become links within
-- the book; what only a browser can use is left out.

local function is_for_browsers(block)
  return block.t == 'Div' and (block.identifier == 'contents' or block.classes:includes('controls'))
end

local function holds_header(div)
  local found = false
  pandoc.walk_block(div, { Header = function() found = true end })
  return found
end

-- The blocks without the sections around them; a heading takes its section's id.
local function flatten(blocks, into)
  for _, block in ipairs(blocks) do
    if is_for_browsers(block) then
      -- nothing
    elseif block.t == 'Div' and holds_header(block) then
      local first = #into + 1
      flatten(block.content, into)
      local header = into[first]
      if header and header.t == 'Header' and header.identifier == '' then
        header.identifier = block.identifier
      end
    else
      into[#into + 1] = block
    end
  end
  return into
end

local function known_ids(blocks)
  local ids = {}
  local function note(element)
    if element.identifier ~= '' then ids[element.identifier] = true end
  end
  pandoc.walk_block(pandoc.Div(blocks), {
    Header = note, Div = note, Span = note, CodeBlock = note, Link = note, Code = note, Image = note,
  })
  return ids
end

-- Another page, or the same: where the book has the place, the link leads there.
local function mend_links(ids)
  return {
    Link = function(link)
      if link.classes:includes('skip') then return {} end
      if link.target:match('^%a[%w+.-]*:') then return nil end
      local id = link.target:match('#(.*)$')
      if id and ids[id] then
        link.target = '#' .. id
        return link
      end
      return link.content
    end,
  }
end

function Pandoc(doc)
  local blocks = flatten(doc.blocks, {})
  local book = pandoc.walk_block(pandoc.Div(blocks), mend_links(known_ids(blocks)))
  return pandoc.Pandoc(book.content, doc.meta)
end
